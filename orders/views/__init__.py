"""Pages of shoppers (cart, checkout, tracking) and of exhibitors (inbox)."""
