"""What run.py does: the virtual environment, the demo, the test run, the lock files. Standard library only."""
