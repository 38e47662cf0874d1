"""By what the tables of a recap tell entries apart."""

# Table → the column that tells its rows apart. A day and an hour are WIB's.
DIMENSIONS = {
    "phase": "phase",
    "channel": "channel",
    "category": "category_code",
    "kind": "kind",
    "regency": "regency_code",
    "destination": "destination_code",
    "exhibitor": "exhibitor_id::text",
    "day": "to_char(occurred_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD')",
    "hour": "to_char(occurred_at AT TIME ZONE 'Asia/Jakarta', 'HH24')",
}
LABELS = {
    "category": ("category_code", "category_label"),
    "regency": ("regency_code", "regency_label"),
    "destination": ("destination_code", "destination_label"),
    "exhibitor": ("exhibitor_id::text", "exhibitor_label"),
}
