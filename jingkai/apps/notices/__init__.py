"""通知: what a person is told, on which way, at which hour."""
