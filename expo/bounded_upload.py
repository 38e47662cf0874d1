"""Uploads that are looked at and forgotten: held in memory, bounded, never written to a disk."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

DRAINED = 60 * 1024 * 1024  # so much more than allowed is still read to its end, so that the reader is told why


class BoundedUpload(FileUploadHandler):
    """Use as the only handler of a request: ``request.upload_handlers = [BoundedUpload(request, most)]``.

    A file of more than ``most`` bytes, or a second one, is left out and ``is_too_large`` set.
    """

    def __init__(self, request, most: int):
        super().__init__(request)
        self.most = most
        self.kept = 0
        self.announced = 0
        self.is_too_large = False

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):  # noqa: N803 (Django's name)
        self.announced = content_length

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.announced > self.most + DRAINED:
            self.is_too_large = True
            raise StopUpload(connection_reset=True)
        if self.is_too_large or self.kept:
            raise SkipFile
        self.buffer = io.BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.kept += len(raw_data)
        if self.kept > self.most:
            self.is_too_large = True
            self.buffer = io.BytesIO()
            raise SkipFile
        self.buffer.write(raw_data)
        return None

    def file_complete(self, file_size):
        if self.is_too_large:
            return None
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
