"""Parameters for TypeScript notebooks: `papermill in.ipynb out.ipynb -p steps 10`."""

# First, because papermill in turn loads the module `engine` of this package.
import papermill  # noqa: F401
