"""Run the migrations on the connection that `ncdm.store.ledger` hands over."""

from alembic import context

from ncdm.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
