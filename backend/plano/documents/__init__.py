"""The document library: folders, documents, versions, bin, uploads. Bytes travel beside Django (`faces`)."""
