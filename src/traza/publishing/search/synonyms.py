"""What people say and what indicators are called: «habitantes» is found under «población».

Only everyday words whose technical name is the same everywhere; a word of this list is looked for
beside its equivalents, never instead of itself.
"""

#: What is typed → the words of indicators that mean it. Folded; plurals are listed apart.
_SAID = {
    "habitantes habitante gente pobladores": "poblacion",
    "inhabitants residents people": "population",
    "sueldo sueldos salarios": "salario ingreso",
    "wage wages salary salaries earnings": "income",
    "desocupacion paro": "desempleo",
    "desempleo": "desocupacion",
    "jobless joblessness": "unemployment",
    "asesinato asesinatos homicida": "homicidio",
    "murder murders killings": "homicide",
    "delincuencia crimen crimenes delito delitos": "robo homicidio inseguridad",
    "carro carros coche coches auto autos": "automovil vehiculo",
    "car cars": "vehicle",
    "camion camiones autobus autobuses": "transporte",
    "bus buses": "transport",
    "luz": "electricidad electrica",
    "residuos desechos": "basura",
    "basura": "residuos",
    "garbage trash": "waste",
    "contaminacion emisiones": "aire",
    "pollution": "air",
    "doctor doctores": "medico",
    "doctors": "medical",
    "defunciones fallecimientos": "muertes mortalidad",
    "deaths": "mortality",
    "pib": "producto interno bruto",
    "impuestos impuesto": "predial recaudacion ingreso",
}
_EQUIVALENTS = {
    word: tuple(meant.split()) for said, meant in _SAID.items() for word in said.split()
}


def equivalents(word: str) -> tuple[str, ...]:
    """Return other folded words that mean the same as a folded word."""
    return _EQUIVALENTS.get(word, ())
