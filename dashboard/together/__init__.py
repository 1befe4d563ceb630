"""What several servers share: answers, who asks for which, and whose sessions are over."""
