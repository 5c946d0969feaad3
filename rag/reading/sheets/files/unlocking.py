"""Workbooks under a password, opened with it."""

import struct
from io import BytesIO
from pathlib import Path

from rag.errors import DamagedFile, LockedFile, WrongPassword
from rag.records import Upload


def unlock(upload: Upload, password: str, target: Path) -> None:
    """Write a copy of the locked workbook *upload* that needs no password to *target*, which may be its own place.

    :raises WrongPassword: when *password* does not open it
    :raises RefusedUpload: ``LockedFile`` when it is locked in a way that nobody knows here, ``DamagedFile``
    """
    import msoffcrypto  # noqa: PLC0415 - only for what is locked, and it brings a library of ciphers
    from msoffcrypto.exceptions import (  # noqa: PLC0415 - as above
        DecryptionError,
        FileFormatError,
        InvalidKeyError,
        ParseError,
    )

    if not password:
        raise WrongPassword(name=upload.name)
    opened = BytesIO()
    try:
        with upload.path.open("rb") as source:
            file = msoffcrypto.OfficeFile(source)
            if file.format == "ooxml":
                file.load_key(password=password, verify_password=True)
            else:
                file.load_key(password=password)
            file.decrypt(opened)
    except InvalidKeyError as error:
        raise WrongPassword(name=upload.name) from error
    except (DecryptionError, FileFormatError, ParseError) as error:
        raise LockedFile(name=upload.name) from error
    except (ValueError, LookupError, struct.error, OSError, TypeError, AttributeError) as error:
        raise DamagedFile(name=upload.name) from error
    target.write_bytes(opened.getvalue())
