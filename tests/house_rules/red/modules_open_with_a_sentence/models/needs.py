import math  # RED
