"""Copies of everything an institute has: database, uploads, raw files, secret key.

``archive``    one ``.tar.gz`` with a manifest: written as a stream, read with distrust
``databases``  a consistent copy of SQLite or PostgreSQL while others write, and the way back
``making``     the copy
``restoring``  the way back: old data stand aside until everything is in place
``lock``       who is using the data folder
"""
