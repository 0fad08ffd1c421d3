"""The built files, made light: one stylesheet and one script, without what no page uses."""
