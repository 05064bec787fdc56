"""What every row needs: data, environments, measuring, the table."""
