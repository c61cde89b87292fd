chmod 4755 d/suid; chmod 2755 d/sgid; chmod 2775 d/folder
