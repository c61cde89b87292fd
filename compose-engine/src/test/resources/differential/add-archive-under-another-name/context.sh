mkdir t; echo f > t/f; tar -C t -cf data.bin f; echo 'no archive' > not.tar; echo text | gzip -n > text.gz; rm -rf t
