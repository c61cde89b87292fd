ln -s f d/rel
ln -s /absolute d/abs
ln -s nowhere d/broken
ln -s ../f d/up
ln -s sub d/to-sub
ln -s f link-to-file
ln -s d link-to-folder
