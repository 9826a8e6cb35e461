"""What people type; what it means and whether it may be is the actions' matter."""
