"""Which static files are published."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class TrimmedStaticFiles(StaticFilesConfig):
    """Leaves out the parts of CKEditor that talk to other hosts, had security issues, or are not used here.

    Patterns with a folder are compared with the whole path of each file, so they end in a star.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ckeditor/ckeditor/adapters/*",
        "ckeditor/ckeditor/samples/*",
        "ckeditor/galleriffic/*",
        *(
            f"ckeditor/ckeditor/plugins/{plugin}/*"
            for plugin in (
                "adobeair",
                "autoembed",
                "bbcode",
                "codesnippet*",
                "devtools",
                "docprops",
                "embed*",
                "exportpdf",
                "flash",
                "forms",
                "iframe*",
                "mathjax",
                "preview",
                "scayt",
                "smiley",
                "sourcedialog",
                "templates",
                "uicolor",
                "wsc",
            )
        ),
    ]
