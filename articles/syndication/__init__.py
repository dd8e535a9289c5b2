"""What goes out to machines: feeds, sitemaps, what robots and data miners are told. It reads, and writes nothing."""
