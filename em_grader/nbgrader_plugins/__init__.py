"""What ``nbgrader_config.py`` names: exporter, preprocessors, filters for pages, and patches."""
