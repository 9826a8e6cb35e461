"""Lists that people look for: how things are done, who may do what, money, posts, works."""
