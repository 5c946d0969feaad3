"""Uploaded files leave the server's memory once they are on disk."""

from collections.abc import Iterable
from typing import Any

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx


def let_go(files: Iterable[Any]) -> None:
    """Forget the bytes of *files* that an uploader gave; they cannot be read again.

    Streamlit itself keeps them until the visitor's session ends, even when the uploader is gone.
    """
    context = get_script_run_ctx()
    for file in files:
        if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)
        file.close()
