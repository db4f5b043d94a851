import { z } from "@hono/zod-openapi";
import { EmailSchema, line } from "../../core/fields.ts";
import { PHONE } from "../../core/patterns.ts";
import { OpeningHoursSchema } from "./opening-hours.ts";

/** Kinds of businesses and organizations by schema.org: those that are told apart by what searches for them show. */
export const BUSINESS_TYPES = (
  "Organization LocalBusiness AutoDealer AutoRepair Bakery BarOrPub BeautySalon BikeStore BookStore CafeOrCoffeeShop " +
  "ClothingStore Dentist ElectronicsStore Electrician EmploymentAgency FastFoodRestaurant FinancialService Florist " +
  "FurnitureStore GroceryStore HairSalon HardwareStore HealthClub HomeGoodsStore Hotel HousePainter IceCreamShop " +
  "InsuranceAgency JewelryStore LegalService Library LodgingBusiness MedicalBusiness MedicalClinic MovingCompany " +
  "Notary Optician PetStore Pharmacy Physician Plumber ProfessionalService RealEstateAgent Restaurant " +
  "RoofingContractor ShoeStore SportsActivityLocation Store TravelAgency VeterinaryCare Winery"
).split(" ") as [string, ...string[]];

const AddressSchema = z
  .strictObject({
    street: line(200)
      .optional()
      .register(z.globalRegistry, { example: "Mill Street 1", description: "Street and number" }),
    postalCode: line(20).optional().register(z.globalRegistry, { example: "1012 AB" }),
    city: line(100).optional().register(z.globalRegistry, { example: "Amsterdam" }),
    region: line(100).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be a country code of two letters such as NL")
      .optional()
      .register(z.globalRegistry, { description: "Code of ISO 3166-1", example: "NL" }),
  })
  .refine((it) => Object.values(it).some((part) => part !== undefined), "must have at least one part")
  .meta({ minProperties: 1, description: "Where it is, at least one part of it" });

const GeoSchema = z
  .strictObject({
    latitude: z
      .number()
      .min(-90, "must be at least -90")
      .max(90, "must be at most 90")
      .meta({ description: "Degrees north of the equator" }),
    longitude: z
      .number()
      .min(-180, "must be at least -180")
      .max(180, "must be at most 180")
      .meta({ description: "Degrees east of Greenwich" }),
  })
  .meta({ description: "Where it is on the globe, by WGS 84" });

/** Who runs a website, for its footer and for search engines. */
export const BusinessSchema = z
  .strictObject({
    type: z.enum(BUSINESS_TYPES, `must be one of ${BUSINESS_TYPES.join(", ")}`).default("LocalBusiness"),
    name: line(200).optional().register(z.globalRegistry, { description: "The website's name when it is left out" }),
    telephone: z
      .string()
      .regex(new RegExp(PHONE), "must be a telephone number")
      .optional()
      .register(z.globalRegistry, { example: "+31 20 123 4567", description: "How to call it" }),
    email: EmailSchema.optional(),
    address: AddressSchema.optional(),
    geo: GeoSchema.optional(),
    openingHours: z
      .array(OpeningHoursSchema)
      .max(50, "must have at most 50 entries")
      .optional()
      .register(z.globalRegistry, {
        description: "When somebody is there; what is not named is closed",
      }),
    priceRange: line(50).optional().register(z.globalRegistry, { example: "€€", description: "How expensive it is" }),
  })
  .openapi("Business", {
    description: "Who runs the website: shown in its footer and told to search engines",
  });

/** What a site's settings say of it; `null` for nothing, and for what was stored before there were rules for it. */
export function businessOf(settings: Record<string, unknown>): z.output<typeof BusinessSchema> | null {
  const parsed = BusinessSchema.safeParse(settings.business);
  return parsed.success ? parsed.data : null;
}
