"""Who may open the dashboard: people sign in, and a session says who they are and until when."""
