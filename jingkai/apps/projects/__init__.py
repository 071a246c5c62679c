"""全生命周期: stages with gates, service officers, agreed dates."""
