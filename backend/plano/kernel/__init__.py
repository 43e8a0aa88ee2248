"""Words that every feature uses. Knows no feature and no model of one."""
