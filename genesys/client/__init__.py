"""How a request travels: entities, budget, retries, transport, sign-on and endpoints."""
