"""Every revision, up from every earlier one."""
