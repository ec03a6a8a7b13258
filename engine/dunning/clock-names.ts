import { DEFAULT_ZONE } from '../business-hours/schedule';

/**
 * Whose clock is it? Times are read as those of Brasília unless they say otherwise. Zones that always show the time of Brasília
 * (Recife, Belém…) need no name.
 */
const CLOCKS: Readonly<Record<string, string>> = {
	'America/Noronha': 'hora de Fernando de Noronha',
	'America/Manaus': 'hora do Amazonas',
	'America/Eirunepe': 'hora do oeste do Amazonas',
	'America/Cuiaba': 'hora de Mato Grosso',
	'America/Campo_Grande': 'hora de Mato Grosso do Sul',
	'America/Porto_Velho': 'hora de Rondônia',
	'America/Boa_Vista': 'hora de Roraima',
	'America/Rio_Branco': 'hora do Acre',
};

/** " (hora do Acre)"; '' on the clocks of Brasília. */
export function clockOf(zone: string = DEFAULT_ZONE): string {
	const name = CLOCKS[zone];
	return name === undefined ? '' : ` (${name})`;
}
