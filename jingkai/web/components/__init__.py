"""What every page is made of; ``templatetags.components`` lists the tags."""
