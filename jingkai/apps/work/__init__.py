"""后台作业: jobs that outlive their worker, and what is due by the clock."""
