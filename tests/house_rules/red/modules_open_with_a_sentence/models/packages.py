"""needs and stuff  (RED)"""
