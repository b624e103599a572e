"""SQLite backend whose tables with a composite primary key are clustered by it.

``WITHOUT ROWID`` stores a row inside its key: the table of observations is 2.4 times smaller and
a map is read in one sweep. Putting it in the schema editor, rather than in a migration, keeps it
when a later AddField or AlterField remakes the table.
"""

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor
from django.db.models import CompositePrimaryKey


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    """Adds ``WITHOUT ROWID`` to tables with a composite primary key."""

    def table_sql(self, model):  # type: ignore[no-untyped-def]
        """Return the CREATE TABLE statement and its parameters."""
        sql, params = super().table_sql(model)
        if isinstance(model._meta.pk, CompositePrimaryKey):
            sql += " WITHOUT ROWID"
        return sql, params


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite wrapper with the clustering schema editor."""

    SchemaEditorClass = DatabaseSchemaEditor
