"""The exception that carries a sentence for the reader."""


class DomainError(Exception):
    """Something the reader may not do or must mend; its text is a translated sentence.

    Views show it where it belongs: beside the field, above the form, or as a page.
    """

    def __init__(self, message):
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)  # translated when shown, not when raised
