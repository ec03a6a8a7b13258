/**
 * Where a Brazilian area code (DDD) is: its state and its clocks. Data only.
 * Source: Anatel's general numbering plan (67 assigned codes) and the IANA zone list.
 */

export type Uf =
	| 'AC'
	| 'AL'
	| 'AM'
	| 'AP'
	| 'BA'
	| 'CE'
	| 'DF'
	| 'ES'
	| 'GO'
	| 'MA'
	| 'MG'
	| 'MS'
	| 'MT'
	| 'PA'
	| 'PB'
	| 'PE'
	| 'PI'
	| 'PR'
	| 'RJ'
	| 'RN'
	| 'RO'
	| 'RR'
	| 'RS'
	| 'SC'
	| 'SE'
	| 'SP'
	| 'TO';

/** 61 also serves Goiás, and 42, 47 and 49 cross a border too; the clocks are the same on both sides. */
const DDDS_OF_UF: Record<Uf, string[]> = {
	AC: ['68'],
	AL: ['82'],
	AM: ['92', '97'],
	AP: ['96'],
	BA: ['71', '73', '74', '75', '77'],
	CE: ['85', '88'],
	DF: ['61'],
	ES: ['27', '28'],
	GO: ['62', '64'],
	MA: ['98', '99'],
	MG: ['31', '32', '33', '34', '35', '37', '38'],
	MS: ['67'],
	MT: ['65', '66'],
	PA: ['91', '93', '94'],
	PB: ['83'],
	PE: ['81', '87'],
	PI: ['86', '89'],
	PR: ['41', '42', '43', '44', '45', '46'],
	RJ: ['21', '22', '24'],
	RN: ['84'],
	RO: ['69'],
	RR: ['95'],
	RS: ['51', '53', '54', '55'],
	SC: ['47', '48', '49'],
	SE: ['79'],
	SP: ['11', '12', '13', '14', '15', '16', '17', '18', '19'],
	TO: ['63'],
};

export const ZONE_OF_UF: Record<Uf, string> = {
	AC: 'America/Rio_Branco',
	AL: 'America/Maceio',
	AM: 'America/Manaus',
	AP: 'America/Belem',
	BA: 'America/Bahia',
	CE: 'America/Fortaleza',
	DF: 'America/Sao_Paulo',
	ES: 'America/Sao_Paulo',
	GO: 'America/Sao_Paulo',
	MA: 'America/Fortaleza',
	MG: 'America/Sao_Paulo',
	MS: 'America/Campo_Grande',
	MT: 'America/Cuiaba',
	PA: 'America/Belem',
	PB: 'America/Fortaleza',
	PE: 'America/Recife',
	PI: 'America/Fortaleza',
	PR: 'America/Sao_Paulo',
	RJ: 'America/Sao_Paulo',
	RN: 'America/Fortaleza',
	RO: 'America/Porto_Velho',
	RR: 'America/Boa_Vista',
	RS: 'America/Sao_Paulo',
	SC: 'America/Sao_Paulo',
	SE: 'America/Maceio',
	SP: 'America/Sao_Paulo',
	TO: 'America/Araguaina',
};

/** DDD 97 reaches the west of Amazonas, one hour behind Manaus: a caller who must be careful obeys both clocks. */
const EXTRA_ZONES: Record<string, string[]> = { '97': ['America/Eirunepe'], '93': ['America/Santarem'] };

export const UF_OF_DDD: ReadonlyMap<string, Uf> = new Map(
	(Object.entries(DDDS_OF_UF) as Array<[Uf, string[]]>).flatMap(([uf, ddds]) => ddds.map((ddd) => [ddd, uf] as const)),
);

/** Every zone a DDD may be in, the most likely first; empty when the DDD is not assigned. */
export function zonesOfDdd(ddd: string): string[] {
	const uf = UF_OF_DDD.get(ddd);
	return uf ? [ZONE_OF_UF[uf], ...(EXTRA_ZONES[ddd] ?? [])] : [];
}
