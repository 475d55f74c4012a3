"""What the project keeps: migrations, views, audits, and the one module that writes."""
