"""廉政: the page over the trail."""
