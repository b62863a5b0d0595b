"""Text out of files and files out of plain values. No Qt, no database."""
