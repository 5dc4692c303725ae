"""What an annotation means: its JSON Schema, how its values are read from JSON and how they are written.

One kind is one class; `table` says which annotation is which kind. A new type is a class, and a row there.
"""
