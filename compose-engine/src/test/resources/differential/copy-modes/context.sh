chmod 755 d/exec; chmod 600 d/private; chmod 700 d; chmod 1777 d/sub; chmod 444 d/sub/ro
