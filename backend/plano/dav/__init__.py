"""The faces for file and calendar programs: WebDAV over documents; application passwords only."""
