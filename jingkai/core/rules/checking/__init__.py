"""What is wrong with a policy before anybody is judged by it: names, types, units, sense."""
