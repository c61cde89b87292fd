chown -R 11:12 d
