import { degrees } from '../../shared/degrees';
import type { MessageType } from '../message-type';

export const location: MessageType = {
	value: 'location',
	name: 'Location',
	action: 'Send a location',
	description: 'A point on the map',
	properties: [
		{
			displayName: 'Latitude',
			name: 'latitude',
			type: 'number',
			typeOptions: { numberPrecision: 6 },
			required: true,
			default: 0,
			placeholder: 'e.g. -23.561414',
			description: 'Degrees, south is negative',
		},
		{
			displayName: 'Longitude',
			name: 'longitude',
			type: 'number',
			typeOptions: { numberPrecision: 6 },
			required: true,
			default: 0,
			placeholder: 'e.g. -46.655881',
			description: 'Degrees, west is negative',
		},
		{
			displayName: 'Place Name',
			name: 'placeName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Loja Paulista',
			description: 'Shown above the address',
		},
		{
			displayName: 'Address',
			name: 'placeAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. Av. Paulista, 1578 - São Paulo',
			description: 'Shown below the map',
		},
	],
	run: async ({ params }) => ({
		type: 'location',
		latitude: degrees('Latitude', params.number('latitude'), 90),
		longitude: degrees('Longitude', params.number('longitude'), 180),
		name: params.text('placeName') || undefined,
		address: params.text('placeAddress') || undefined,
	}),
};
