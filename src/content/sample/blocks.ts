import type { Block } from "../pages/parts.ts";

/** What the demo's pages are written with. */
export const block = (type: string, props: Block["props"]): Block => ({ type, props });

export const hero = (title: string, subtitle: string, ctaText = "", ctaLink = "", image = ""): Block =>
  block("HeroSection", { title, subtitle, ...(ctaText && { ctaText, ctaLink }), ...(image && { image }) });

export const text = (heading: string, body: string): Block => block("TextSection", { heading, body });

export const seo = (title: string, description: string) => ({ title, description, ogImage: null, noIndex: false });

export const menu = (label: string, order: number) => ({ label, order, hidden: false });
