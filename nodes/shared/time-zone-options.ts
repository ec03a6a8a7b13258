/** The clocks of Brazil, as people call them. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_ZONE } from '../../engine/index';

export const timeZoneOptions: INodePropertyOptions[] = [
	{ name: 'Acre', value: 'America/Rio_Branco' },
	{ name: 'Amazonas', value: 'America/Manaus' },
	{ name: 'Bahia', value: 'America/Bahia' },
	{ name: 'Brasília', value: DEFAULT_ZONE },
	{ name: 'Fernando De Noronha', value: 'America/Noronha' },
	{ name: 'Fortaleza', value: 'America/Fortaleza' },
	{ name: 'Mato Grosso', value: 'America/Cuiaba' },
	{ name: 'Mato Grosso Do Sul', value: 'America/Campo_Grande' },
	{ name: 'Pará and Amapá', value: 'America/Belem' },
	{ name: 'Recife', value: 'America/Recife' },
	{ name: 'Rondônia', value: 'America/Porto_Velho' },
	{ name: 'Roraima', value: 'America/Boa_Vista' },
	{ name: 'Tocantins', value: 'America/Araguaina' },
];
