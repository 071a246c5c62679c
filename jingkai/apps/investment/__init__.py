"""招商引资: investors, leads, visits, negotiations, signings."""
