import type { ErpSystem } from '../erp/types';

/** The senders as people know them. */
export const SYSTEM_NAMES: Readonly<Record<ErpSystem, string>> = {
	omie: 'Omie',
	bling: 'Bling',
	asaas: 'Asaas',
	kobana: 'Kobana',
	tiny: 'Tiny (Olist)',
	bacenPix: 'Pix do banco',
	woovi: 'Woovi',
	mercadoLivre: 'Mercado Livre',
	odoo: 'Odoo',
	totvs: 'TOTVS',
	generic: 'ERP',
};

/** Of one that an earlier version knew, its own word. */
export function nameOfSystem(system: string): string {
	return SYSTEM_NAMES[system as ErpSystem] ?? system;
}
