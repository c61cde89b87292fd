echo "with $(cat installed)"
