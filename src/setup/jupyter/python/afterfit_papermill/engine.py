"""What papermill's entry point loads: its own engine, once the translator is registered."""

from papermill.engines import NBClientEngine
from papermill.translators import papermill_translators

from .translator import TypeScriptTranslator

papermill_translators.register("typescript", TypeScriptTranslator)
engine = NBClientEngine
