"""Lists that a site or an account exports, taken in as what was released on a channel."""
