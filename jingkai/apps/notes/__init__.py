"""批注: comments, follow-ups, bookmarks and recently seen records."""
