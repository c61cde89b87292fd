mkdir t t/d; echo f > t/f; echo x > t/d/x; chmod 700 t/d; chmod 640 t/f; chown 3:4 t/f; ln -s f t/l; ln t/f t/h
tar -C t -cf a.tar f d l h; gzip -k -n a.tar; rm -rf t
