"""What can be done with carts and orders: one verb per transition, called by pages, admin and tasks alike."""
